{#
What a night gives. dbt reads it while it builds and not while it parses: were it one of dbt's vars, every night would
parse the whole project anew.
#}

{# The last whole day that the picture covers. #}
{% macro as_known() -%}
    cast('{{ night_gives("DBT_AS_KNOWN", "2020-03-31") }}' as date)
{%- endmacro %}

{# The picture that this build reads. #}
{% macro extract_id() -%}
    {{ night_gives("DBT_EXTRACT_ID", 0) }}
{%- endmacro %}

{% macro night_gives(name, otherwise) -%}
    {{ env_var(name, otherwise) if execute else otherwise }}
{%- endmacro %}
