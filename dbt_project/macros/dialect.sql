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
