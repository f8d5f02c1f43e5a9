-- One row per dated progress update of a reviewing officer: the form of one person.
with forms as (
    {{ forms_of_people('update', {
        'update_date': date_answered('update_date'),
        'is_child_spoken_to': yes_or_no(answered('update_child_spoken_to'))
    }) }}
)

select *
from forms
where update_date is not null
