-- One row a landed row of FACT_FORM_ANSWERS that answers the question for a date of alerts, and a row for all that answer
-- others: the alert that it dates, or the reason why it dates none. Of the answers that a meeting's form has the last one
-- counts, of several meetings' the latest date.
with questions as (
    select dim_assessment_template_id_desc, answer_no
    from (select distinct dim_assessment_template_id_desc, answer_no from $rows_of_fact_form_answers as answer) as asked
    where $is_question
),
rows as (
    select
        answer.row_hash,
        answer.occurrence,
        nullif(answer.fact_meetings_id, '-1') as meeting_id,
        nullif(answer.dim_person_id, '-1') as record_id,
        $template as template,
        $form_key as form_key,
        $answer as answer,
        case when answer.answered_dttm not like '1900-01-01%' then answer.answered_dttm::timestamp end as answered_at
    from $rows_of_fact_form_answers as answer
    inner join questions using (dim_assessment_template_id_desc, answer_no)
),
dated as (
    select
        *,
        nullif(case
            when answer like '____-__-__%' then left(answer, 10)
            when answer like '__/__/____%' then substr(answer, 7, 4) || '-' || substr(answer, 4, 2) || '-' || left(answer, 2)
        end::date, date '1900-01-01') as told
    from rows
),
given as (
    select distinct on (record_id, template, form_key) row_hash
    from (
        select distinct on (record_id, template, form_key, meeting_id) *
        from dated
        where answer is not null and occurrence = 1
        order by record_id, template, form_key, meeting_id, answered_at desc nulls last, answer desc, row_hash
    ) as last_of_a_meeting
    order by record_id, template, form_key, told desc nulls last, row_hash
)
select
    case
        when dated.occurrence > 1 then 'the same row again'
        when dated.answer is null then 'blank'
        when given.row_hash is null then 'answered again'
        when people.person_id is null then 'leads to no person'
        when dated.told is null then 'without a date'
    end as reason,
    null::text as reason_of_scope,
    concat_ws(' ', dated.record_id, dated.template, dated.form_key) as form,
    people.person_id,
    dated.told as start_date,
    null::date as end_date
from dated
left join given on given.row_hash = dated.row_hash
left join $landed_people as people on people.record_id = dated.record_id::bigint
union all
select 'answers another question', null, null, null, null, null
from $rows_of_fact_form_answers as answer
left join questions using (dim_assessment_template_id_desc, answer_no)
where questions.answer_no is null
