{# The last so many points of a series up to this one: those that have a value. #}
{% macro last_points(number) -%}
    partition by authority_code, measure_id, base_year_start, value is null
    order by period_end
    rows between {{ number - 1 }} preceding and current row
{%- endmacro %}

{# Whether a point gives a signal; null where there is no point. Without limits there is none. #}
{% macro where_a_point(condition) -%}
    case when value is not null then coalesce({{ condition }}, false) end
{%- endmacro %}
