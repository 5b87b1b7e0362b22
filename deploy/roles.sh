#!/bin/sh
# Runs once, when PostgreSQL makes its data folder: two roles, one that owns the tables and migrates, one that works.
# The passwords come from the environment and are handed over as variables, so that any sign may stand in them.
set -eu

psql --set ON_ERROR_STOP=1 --no-psqlrc --username "$POSTGRES_USER" --dbname postgres \
     --set owner_password="$OWNER_PASSWORD" --set app_password="$APP_PASSWORD" <<'SQL'
CREATE ROLE owner LOGIN PASSWORD :'owner_password';
CREATE ROLE app LOGIN PASSWORD :'app_password';
CREATE DATABASE coordination OWNER owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE coordination FROM PUBLIC;
GRANT CONNECT ON DATABASE coordination TO app;
SQL
