#!/bin/sh
# Run once by the PostgreSQL image on an empty volume: two roles and the database. The owner migrates; the application
# owns nothing, and `migrate` grants it what it needs, which is never to change or delete an event.
set -eu

# The passwords go in as variables of psql, which quotes them, not as text of this script.
psql --no-psqlrc --set=ON_ERROR_STOP=1 --username=postgres --dbname=postgres \
  --set=owner_password="${OWNER_DB_PASSWORD:?}" --set=app_password="${APP_DB_PASSWORD:?}" <<'SQL'
CREATE ROLE shukun_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE shukun_app LOGIN PASSWORD :'app_password';
CREATE DATABASE shukun OWNER shukun_owner;
REVOKE ALL ON DATABASE shukun FROM PUBLIC;
GRANT CONNECT ON DATABASE shukun TO shukun_app;
SQL
