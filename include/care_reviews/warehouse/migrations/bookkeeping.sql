create table audit.migration (
    name text primary key,
    applied_at timestamptz not null default clock_timestamp(),
    code_version text not null
);

comment on table audit.migration is 'One row a migration of the shared tables that was applied.';
comment on column audit.migration.name is 'The migration.';
comment on column audit.migration.applied_at is 'When it was applied.';
comment on column audit.migration.code_version is 'Version of the code that applied it.';

create table audit.deployment (
    deployment_id bigint generated always as identity primary key,
    deployed_at timestamptz not null default clock_timestamp(),
    deployed_by text not null default current_user,
    code_version text not null,
    pseudonym_key_fingerprint text not null,
    changes integer not null
);

comment on table audit.deployment is 'One row a deployment that changed something or brought another version.';
comment on column audit.deployment.deployment_id is 'Identifies the deployment.';
comment on column audit.deployment.deployed_at is 'When it was done.';
comment on column audit.deployment.deployed_by is 'The database role that did it.';
comment on column audit.deployment.code_version is 'Version of the code that did it.';
comment on column audit.deployment.pseudonym_key_fingerprint is 'Tells whether a pseudonym key is the one in use; leads back to nothing.';
comment on column audit.deployment.changes is 'How many changes it made.';
