{# The rows of one source table as they stood in the picture that this build reads. #}
{% macro picture(table) %}
    select *
    from {{ source('landing', 'lcs__' ~ table) }}
    where
        authority_code = '{{ var("authority_code") }}'
        and known_from <= {{ var("extract_id") }}
        and (known_to is null or known_to > {{ var("extract_id") }})
{% endmacro %}
