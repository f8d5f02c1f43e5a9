-- One row per alert and category: an alert has one or many.
select distinct
    answers.authority_code,
    alerts.person_id,
    answers.source_person_id,
    answers.template,
    answers.form_key,
    lower(answers.answer) as category
from {{ ref('int_form__answers') }} as answers
inner join {{ ref('int_alert__alerts') }} as alerts
    on
        answers.authority_code = alerts.authority_code
        and answers.source_person_id = alerts.source_person_id
        and answers.template = alerts.template
        and answers.form_key = alerts.form_key
where
    answers.field = 'alert_category'
    and answers.answer is not null
