-- One row per care planning alert: are its dates in order, its end and its kind told?
with staged as (
    select alerts.form_key, alerts.source_person_id, stages.date_day < lag(stages.date_day) over (
            partition by alerts.source_person_id, alerts.template, alerts.form_key order by stages.stage
        ) as is_before, alerts.template
    from $candidate.int_alert__alerts as alerts
    cross join lateral unnest(array[
        stage_1_date, stage_2_date, stage_3_date, stage_4_date, stage_5_date, stage_6_date
    ]) with ordinality as stages (date_day, stage)
    where stages.date_day is not null
),
disordered as (
    select source_person_id, template, form_key from staged where is_before group by source_person_id, template, form_key
),
unknown as (
    select distinct categories.source_person_id, categories.template, categories.form_key
    from $candidate.int_alert__categories as categories
    inner join $candidate.int_form__answers as answers
        on answers.source_person_id = categories.source_person_id and answers.template = categories.template
        and answers.form_key = categories.form_key and answers.field = 'alert_category' and answers.answer is not null
    where categories.alert_category = 'Not known'
)
select
    alerts.source_person_id || ' ' || alerts.form_key as record_key,
    alerts.person_id::text as person_id,
    coalesce(alerts.resolved_date < alerts.raised_date, false)
        or (alerts.resolved_date is not null and not alerts.has_outcome)
        or disordered.form_key is not null
        or unknown.form_key is not null as rule_r09
from $candidate.int_alert__alerts as alerts
left join disordered using (source_person_id, template, form_key)
left join unknown using (source_person_id, template, form_key)
