-- One row a landed row of FACT_FORM_ANSWERS: a category of an alert that was raised, or, of an alert without one, the answer
-- that dates it, which stands for the category that is not known; or the reason why it stands for none.
with questions as (
    select dim_assessment_template_id_desc, answer_no, coalesce($is_question, false) as is_category, coalesce($is_date, false) as is_date
    from (select distinct dim_assessment_template_id_desc, answer_no from $rows_of_fact_form_answers as answer) as asked
),
names (told, category) as (values $categories),
given as (
    select
        answer.row_hash,
        answer.occurrence,
        concat_ws(' ', nullif(answer.dim_person_id, '-1'), $template, $form_key) as form,
        $answer as answer,
        coalesce(names.category, '') as category
    from $rows_of_fact_form_answers as answer
    inner join questions using (dim_assessment_template_id_desc, answer_no)
    left join names on names.told = $told
    where questions.is_category
),
placed as (
    select *, row_number() over (partition by form, category, occurrence = 1 and answer is not null order by row_hash) as place
    from given
)
select
    case
        when placed.occurrence > 1 then 'the same row again'
        when placed.answer is null then 'blank'
        when raised.form is null then 'of no alert with a date and a person'
        when placed.place > 1 then 'a category that counts already'
    end as reason,
    null::text as reason_of_scope,
    raised.person_id,
    raised.start_date,
    null::date as end_date
from placed
left join $account_alerts_raised as raised on raised.form = placed.form and raised.reason is null
union all
select coalesce(raised.reason, case when named.form is not null then 'its categories count' end), null, raised.person_id, raised.start_date, null
from $account_alerts_raised as raised
left join (select distinct form from given where answer is not null) as named on named.form = raised.form
where raised.form is not null
union all
select 'answers another question', null, null, null, null
from $rows_of_fact_form_answers as answer
left join questions using (dim_assessment_template_id_desc, answer_no)
where not coalesce(questions.is_category or questions.is_date, false)
