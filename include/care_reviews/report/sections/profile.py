"""Who the children looked after are: age, sex and ethnicity."""

from __future__ import annotations

from markupsafe import Markup

from care_reviews.report import numbers, wording
from care_reviews.report.charts import bars
from care_reviews.report.facts import DAY, Cell, Facts
from care_reviews.report.figures import Figure, Table, both_years, say, share, when
from care_reviews.web.text import day

MEASURE = "children_looked_after"
# How the breakdown by both names its parts.
SEXES = ("male", "female")
NOT_SHOWN = "The age and sex of the children looked after"


def age_and_sex(facts: Facts) -> Figure:
    whole = facts.cell(MEASURE, DAY)
    male, female = (facts.cell(MEASURE, DAY, "sex", name.capitalize()) for name in SEXES)
    headline = when(
        [male, female, whole],
        say(
            "{male} of the children were male and {female} female",
            male=numbers.share(male, whole),
            female=numbers.share(female, whole),
        ),
        NOT_SHOWN,
    )
    bands = facts.members("age_band")
    totals = [facts.cell(MEASURE, DAY, "age_band", band) for band in bands]
    rows = [(band, *_by_sex(facts, band), total) for band, total in zip(bands, totals, strict=True)]
    wholes = [("All ages", male, female, whole)]
    drawn = [row for row in rows if any(cell.value != 0 for cell in row[1:])]
    return Figure(
        name="age-and-sex",
        headline=headline,
        reading=_largest(totals, whole),
        chart=bars.draw(
            "chart-age-and-sex",
            headline,
            [bars.Bar(band, (first, second)) for band, first, second, _ in drawn],
            ("Male", "Female"),
        ),
        table=Table(
            f"Children looked after on {day(facts.year.end)}, by age and sex",
            ("Age", "Male", "Female", "All", "Share"),
            (
                *(
                    (band, *map(numbers.shown, cells), share(facts, cells[-1]))
                    for band, *cells in (*rows, *wholes)
                ),
                ("Share", *(share(facts, cell) for cell in (male, female, whole)), "–"),
            ),
        ),
        definitions=(facts.definition(MEASURE),),
        is_pair=True,
    )


def _by_sex(facts: Facts, band: str) -> tuple[Cell, Cell]:
    name = "Age not known" if band == "Not known" else band
    first, second = (facts.cell(MEASURE, DAY, "age_band_by_sex", f"{name}, {sex}") for sex in SEXES)
    return first, second


def _largest(totals: list[Cell], whole: Cell) -> Markup:
    top = wording.largest(totals, whole)
    if top is None or (part := numbers.share(top, whole)) is None:
        return Markup("Which age group is the largest cannot be said from what is published.")
    words = "The largest age group is {band}: {count} children, {share}."
    if wording.is_unknown(top.key.category):
        words = "The age of {count} children, {share}, is {band}: more than of any age group."
    return say(
        words,
        band=top.key.category.lower(),
        count=numbers.shown(top),
        share=part,
    )


def _largest_group(top: Cell, whole: Cell) -> Markup:
    named = wording.part_of(top.numerator or 0, whole.numerator or 0)
    words = "The largest group, {share}, was {group}"
    if wording.is_unknown(top.key.category):
        words = "The ethnicity of {share} of the children is {unknown}"
    elif named:
        words = "{part} of the children, {share}, were {group}"
    return say(
        words,
        part=(named or "").capitalize(),
        share=numbers.share(top, whole),
        group=top.key.category,
        unknown=wording.inside(top.key.category),
    )


def ethnicity(facts: Facts) -> Figure:
    whole = facts.cell(MEASURE, DAY)
    rows = [(name, facts.beside(MEASURE, DAY, "ethnicity", name)) for name in facts.members("ethnicity")]
    top = wording.largest([one.now for _, one in rows], whole)
    headline = Markup("The ethnicity of the children looked after")
    if top is not None and top.numerator is not None and whole.numerator is not None:
        headline = _largest_group(top, whole)
    return Figure(
        name="ethnicity",
        headline=headline,
        reading=Markup(
            "The bars count children; where the year before is published, a line marks it. Shares are of all "
            "children looked after."
        ),
        chart=bars.draw(
            "chart-ethnicity",
            headline,
            [bars.Bar(name, (one.now,), one.before) for name, one in rows],
            (facts.year.title,),
        ),
        table=both_years(
            f"Children looked after on {day(facts.year.end)}, by ethnicity",
            "Ethnicity",
            facts,
            [*rows, ("All", facts.beside(MEASURE, DAY))],
            True,
        ),
        definitions=(facts.definition(MEASURE),),
        is_pair=True,
    )
