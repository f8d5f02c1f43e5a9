"""The auditor's room: what must hold before a night is published, as Great Expectations suites that read as
prose.

`landed` judges what was landed, `care` what the records say of children's care, `marts` what was built. Every
suite is a pure function of what is known about the night (`facts.NightFacts`): nothing here reads a file or a
database. An expectation is *stop* (the night is not published) or *warn* (it is, with the warning in the
ledger), as its row of the seed `gate_rule` says (`rulebook`), and counts rows that are flagged: Great
Expectations never sees a value of the data, only true and false.
"""
