{# What a working list says of a day on which something is due: whether that has passed on the night, and the working days
   since then, or until then. The day itself is still in time. Reads the days that `worklist_days` joins. #}
{% macro due_columns(due_date) -%}
    {{ due_date }} as due_date,
    {{ due_date }} < {{ as_known() }} as is_overdue,
    case when {{ due_date }} < {{ as_known() }} then night.working_day_index - due_day.working_day_index end
        as working_days_overdue,
    case when {{ due_date }} >= {{ as_known() }} then due_day.working_day_index - night.working_day_index end
        as working_days_left
{%- endmacro %}

{# The night and the day on which something is due, in the calendar of the rows that are read under the name `facts`. #}
{% macro worklist_days(facts, due_date) -%}
    left join {{ ref('int_time__calendar') }} as night
        on
            {{ facts }}.authority_code = night.authority_code
            and night.date_day = {{ as_known() }}
    left join {{ ref('int_time__calendar') }} as due_day
        on
            {{ facts }}.authority_code = due_day.authority_code
            and {{ due_date }} = due_day.date_day
{%- endmacro %}

{# Who works with the child of the rows that are read under the name `facts`, on the night. #}
{% macro worklist_people(facts) -%}
    inner join {{ ref('int_worklist__people') }} as people
        on
            {{ facts }}.authority_code = people.authority_code
            and {{ facts }}.person_id = people.person_id
{%- endmacro %}
