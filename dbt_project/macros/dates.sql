{# A date so many days, months or years later; a month's last day where there is no corresponding one. #}
{% macro date_after(part, number, day) -%}
    cast({{ dbt.dateadd(part, number, day) }} as date)
{%- endmacro %}

{# An answer typed as YYYY-MM-DD or DD/MM/YYYY as a date; null when it is neither. #}
{% macro typed_date(answer) -%}
    nullif(
        cast(
            case
                when {{ answer }} like '____-__-__%' then substring({{ answer }}, 1, 10)
                when {{ answer }} like '__/__/____%'
                    then
                        substring({{ answer }}, 7, 4)
                        || '-' || substring({{ answer }}, 4, 2)
                        || '-' || substring({{ answer }}, 1, 2)
            end as date
        ), cast('1900-01-01' as date)
    )
{%- endmacro %}

{# Whole years from a birth to a day; born on 29 February: a year older on the month's last day. #}
{% macro age_on(birth_date, day) -%}
    {%- set years -%}
        cast(extract(year from {{ day }}) - extract(year from {{ birth_date }}) as integer)
    {%- endset -%}
    {{ years }} - case when {{ date_after('year', years, birth_date) }} > {{ day }} then 1 else 0 end
{%- endmacro %}

{# Whether something was done by its deadline: null while it is not done and the deadline has not passed. #}
{% macro done_in_time(done_date, deadline) -%}
    case
        when {{ done_date }} <= {{ deadline }} and {{ done_date }} <= {{ as_known() }} then true
        when {{ deadline }} < {{ as_known() }} then false
    end
{%- endmacro %}

{# The age band of somebody on a day: not known without a birth date, or before the birth. #}
{% macro age_band(birth_date, day) -%}
    case
        when {{ birth_date }} is null or {{ day }} < {{ birth_date }} then 'Not known'
        when {{ day }} < {{ date_after('year', 1, birth_date) }} then 'Under 1'
        when {{ day }} < {{ date_after('year', 5, birth_date) }} then '1 to 4'
        when {{ day }} < {{ date_after('year', 10, birth_date) }} then '5 to 9'
        when {{ day }} < {{ date_after('year', 16, birth_date) }} then '10 to 15'
        else '16 and over'
    end
{%- endmacro %}
