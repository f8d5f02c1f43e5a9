-- One row per form of a person, under the key by which landing knows a form.
select
    authority_code,
    {{ lcs_id('dim_person_id') }} as source_person_id,
    {{ lcs_code('dim_lookup_form_type_id_code') }} as form_type_code,
    {{ lcs_text('form_key') }} as form_key
from ({{ picture('fact_forms') }}) as picture
