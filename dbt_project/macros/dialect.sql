{# The only SQL that differs between engines. #}

{# A text with every run of white space made one blank, and none at its ends. #}
{% macro single_blanks(column) -%}
    {{ return(adapter.dispatch('single_blanks')(column)) }}
{%- endmacro %}

{% macro default__single_blanks(column) -%}
    trim(regexp_replace({{ column }}, '[\\s\\u00a0]+', ' '))
{%- endmacro %}

{% macro postgres__single_blanks(column) -%}
    trim(regexp_replace({{ column }}, '[\s\u00a0]+', ' ', 'g'))
{%- endmacro %}

{# A text as it is compared byte by byte, whatever language the database speaks. #}
{% macro in_byte_order(expression) -%}
    {{ return(adapter.dispatch('in_byte_order')(expression)) }}
{%- endmacro %}

{% macro default__in_byte_order(expression) -%}
    {{ expression }}
{%- endmacro %}

{% macro postgres__in_byte_order(expression) -%}
    {{ expression }} collate "C"
{%- endmacro %}

{# What the planner needs to know of a table just built. #}
{% macro refresh_statistics(relation) -%}
    {{ return(adapter.dispatch('refresh_statistics')(relation)) }}
{%- endmacro %}

{% macro default__refresh_statistics(relation) -%}
    analyze table {{ relation }} compute statistics
{%- endmacro %}

{% macro postgres__refresh_statistics(relation) -%}
    analyze {{ relation }}
{%- endmacro %}

{# The columns that a seed has gained, for the table of it that an earlier version made: dbt empties such a table and keeps its columns. #}
{% macro with_new_columns(relation, column_types) -%}
    {{ return(adapter.dispatch('with_new_columns')(relation, column_types)) }}
{%- endmacro %}

{# Elsewhere dbt makes the table anew. #}
{% macro default__with_new_columns(relation, column_types) -%}
{%- endmacro %}

{% macro postgres__with_new_columns(relation, column_types) -%}
    alter table if exists {{ relation }}
    {% for column, data_type in column_types.items() -%}
        add column if not exists {{ adapter.quote(column) }} {{ data_type }}{{ "," if not loop.last }}
    {% endfor %}
{%- endmacro %}
