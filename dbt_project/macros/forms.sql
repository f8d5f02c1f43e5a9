{# Forms as rows: one for each form of a kind and the person that it is of, with `columns`: by name an aggregate over the
   form's `fields`, as the two macros below make them. #}
{% macro forms_of_people(kind, columns) -%}
    select
        fields.authority_code,
        identities.person_id,
        fields.source_person_id,
        fields.template,
        fields.form_key
        {%- for name, expression in columns.items() %},
        {{ expression }} as {{ name }}
        {%- endfor %}
    from {{ ref('int_form__fields') }} as fields
    inner join {{ ref('int_person__identities') }} as identities
        on
            fields.authority_code = identities.authority_code
            and fields.source_person_id = identities.source_person_id
    where fields.form_kind = '{{ kind }}'
    group by
        fields.authority_code, identities.person_id, fields.source_person_id, fields.template, fields.form_key
{%- endmacro %}

{# What a form says in a field; null where it says nothing. #}
{% macro answered(field) -%}
    max(case when fields.field = '{{ field }}' then fields.answer end)
{%- endmacro %}

{# The date that a form gives in a field. #}
{% macro date_answered(field) -%}
    max(case when fields.field = '{{ field }}' then {{ typed_date('fields.answer') }} end)
{%- endmacro %}
