"""Estmere (synthetic), which names everything in its own way: localities, stages, forms and texts."""

from __future__ import annotations

from datetime import date

from .readable import ALERT_TEMPLATE, AUDIT_TEMPLATE, OUTCOMES_TEMPLATE, UPDATE_TEMPLATE
from .site import Site

FORMS = {
    ("our child review record v3", OUTCOMES_TEMPLATE): {
        "1.1": "firstmeetingdate",
        "1.2": "lastmeetingdate",
        "2.1": "childspokentobefore",
        "2.4": "icsparticipationcode",
        "2.6": "childcochaired",
        "3.1": "swreportreceived",
        "4.2": "permanenceplan",
        "6.1": "outcomescompleteddate",
        "6.2": "recordcompleteddate",
        "6.3": "recorddistributeddate",
        "6.4": "writtentochild",
    },
    ("resolution protocol", ALERT_TEMPLATE): {
        "q1": "alerttype",
        "q2": "raiseddate",
        "q3": "category",
        "q4": "agency",
        "q5a": "stage1date",
        "q5b": "stage2date",
        "q5c": "stage3date",
        "q5d": "stage4date",
        "q7": "resolveddate",
        "q8": "outcome",
    },
    ("midway review check", UPDATE_TEMPLATE): {"q1": "updatedate", "q2": "childspokento"},
    ("practice learning review", AUDIT_TEMPLATE): {
        "q1": "auditdate",
        "q2": "smartrating",
        "q9": "childfocused",
    },
}
PARTICIPATION = (
    "too young to be asked",
    "came and said it themself",
    "came, with someone to speak for them",
    "came and showed what they think",
    "came, said nothing",
    "someone spoke for them",
    "sent a message",
    "stayed away, sent nothing",
)
# In the calculation's words these are the first three quadrants, and the first categories and stages.
LOCALITIES = {"Harbour": "North East", "Moorland": "North West", "Valley": "South East"}
TEAMS = {
    pattern.format(locality): locality
    for locality in LOCALITIES
    for pattern in ("{}", "Family Help {}", "Children in Care and Leaving Care ({})")
}
CATEGORIES = {
    "Reports late or missing": ("Social work report not completed", ["Reports late or missing"]),
    "Case drift": ("Drift or delay", ["Case drift"]),
    "Plan for permanence unclear": ("Plan not implemented", ["Plan for permanence unclear"]),
    "Health and school": ("Care plan", ["Health check overdue", "School place or attendance"]),
    "Family time": ("Placement", ["Family time"]),
    "Visits missed": ("Health", ["Visits missed"]),
    "Move without a review": ("Education", ["Move without a review"]),
    "Of no other kind": ("Contact", ["Of no other kind"]),
}
STAGES = {
    "Practice Lead": "Team Manager",
    "Head of Service": "Service Manager",
    "Director of Children's Services": "Assistant Director",
    "CAFCASS": "Director",
}
LEGAL_STATUSES = {
    "ico": "interim care order sec. 38(1)",
    "full care order": "care order sec. 31(a)",
    "order to place for adoption": "placement order",
    "breaks, one by one": "short breaks, individual placements",
    "breaks, agreed series": "short breaks under an agreement",
    "on remand": "remand to la accommodation",
    "taken to safety by police": "police protection",
    "epo": "emergency protection order",
    "accommodated with consent": "single placement acc. by la s20(1) ca under 16",
    "accommodated at own wish": "single placement acc. by la s20(3) ca 16 or over",
}

ESTMERE = Site(
    questions={
        (template, number): (read_as, question)
        for (template, read_as), numbers in FORMS.items()
        for number, question in numbers.items()
    },
    participation={text: f"PN{number}" for number, text in enumerate(PARTICIPATION)},
    legal_statuses=LEGAL_STATUSES,
    own_teams={name.casefold(): (name, locality) for name, locality in TEAMS.items()},
    teams={name.casefold(): LOCALITIES[locality] for name, locality in TEAMS.items()},
    job_titles={"reviewing and conference manager": "Independent Chair"},
    alert_categories={text.casefold(): read_as for read_as, texts in CATEGORIES.values() for text in texts},
    answers={
        (ALERT_TEMPLATE, "alerttype"): {"talked over": "Informal", "put in writing": "Formal"},
        (AUDIT_TEMPLATE, "smartrating"): {
            "a plan to learn from": "Outstanding",
            "a sound plan": "Good",
            "gaps in the plan": "Requires improvement",
            "no plan to speak of": "Inadequate",
        },
    },
    names={
        **{("quadrant", read_as): own for own, read_as in LOCALITIES.items()},
        **{("alert_category", read_as): own for own, (read_as, _) in CATEGORIES.items()},
        **{("alert_stage", read_as): own for own, read_as in STAGES.items()},
        ("quadrant", "Not known"): "Not known",
        ("alert_category", "Not known"): "Not known",
        ("alert_stage", "Not recorded"): "Not recorded",
    },
    population={
        date(2016, 6, 30): 47_900,
        date(2017, 6, 30): 47_700,
        date(2018, 6, 30): 47_400,
        date(2019, 6, 30): 47_000,
    },
    covered_from=date(2018, 4, 1),
)
