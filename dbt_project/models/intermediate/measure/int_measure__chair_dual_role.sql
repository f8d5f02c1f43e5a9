-- Independent chairs at each month end who are reviewing officer and conference chair alike.
{{ of_service('chair_dual_role', 'dual_chairs', 'chairs') }}
