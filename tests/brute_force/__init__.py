"""Every published measure once more, from the source tables in plain Python, to hold the warehouse against.

Nothing here is clever, and nothing is shared with the product: rows are dictionaries, rules are loops over
them, and each module reads as the rule that it applies.

    source_rows    the rows as the source holds them
    readable       which of them can be read: dates, keys, texts
    due_dates      when a review is due
    care           people and their periods of care
    reviews        held reviews and what they say about participation
    after_review   the last meeting of a review, what its outcome form says, and the work after it
    audits         audits of the quality of a review
    alerts         care planning alerts: raised, resolved, how long they took
    chairs         independent chairs, and children with a protection plan
    site           a council that words all of this otherwise
    measures       the cells of every measure
    trends         their charts, signals and assurance
    comparisons    this year beside last
    revisions      what became of each month
    worklists      the rows of the working lists
"""
