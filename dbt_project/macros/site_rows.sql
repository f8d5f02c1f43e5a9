{# The rows of a site map that hold for this authority: its own where it has any, else the defaults ('*'). #}
{% macro site_rows(seed) %}
    select *
    from {{ ref(seed) }}
    where
        authority_code = case
            when exists (select 1 from {{ ref(seed) }} where authority_code = '{{ var("authority_code") }}')
                then '{{ var("authority_code") }}'
            else '*'
        end
{% endmacro %}
