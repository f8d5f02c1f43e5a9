{# None of these columns is null in any row. #}
{% test never_null(model, columns) %}
    select 1 as broken
    from {{ model }}
    where
        {%- for column in columns %}
        {% if not loop.first %}or {% endif %}{{ column }} is null
        {%- endfor %}
{% endtest %}
