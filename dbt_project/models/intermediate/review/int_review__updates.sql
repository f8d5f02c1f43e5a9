-- One row per dated progress update of a reviewing officer: the form of one person.
with forms as (
    {% call forms_of_people('update') %}
        {{ date_answered('update_date') }} as update_date,
        {{ yes_or_no(answered('update_child_spoken_to')) }} as is_child_spoken_to
    {% endcall %}
)

select *
from forms
where update_date is not null
