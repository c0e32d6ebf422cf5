#!/bin/sh
# Run once by the postgres image in an empty volume: the two logins and the database.
set -eu
psql -v ON_ERROR_STOP=1 -U postgres \
    -v owner_password="$(cat /run/secrets/owner_password)" -v app_password="$(cat /run/secrets/app_password)" <<'SQL'
CREATE ROLE prongsai_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE prongsai_app LOGIN PASSWORD :'app_password';
CREATE DATABASE prongsai OWNER prongsai_owner ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0;
\connect prongsai
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
SQL
