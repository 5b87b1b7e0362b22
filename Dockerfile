# The image of web, worker and beat; docker-compose.yml tells each its command. It holds no secret.

FROM node:22-slim AS front
WORKDIR /front
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM python:3.12-slim AS environment
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /office
COPY requirements/tools.txt requirements/base.txt requirements/
RUN python -m venv /venv \
 && pip install --require-hashes -r requirements/tools.txt \
 && uv pip install --no-cache --compile-bytecode --python /venv/bin/python --require-hashes -r requirements/base.txt

FROM environment AS built
ENV PATH=/venv/bin:$PATH STATIC_ROOT=/office/static-collected
COPY . .
COPY --from=front /front/node_modules node_modules
# Collecting static files needs settings, and settings need addresses: these are used here and thrown away.
# The icons are in the sprite by then.
RUN python -m coordination.messages compile \
 && SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    DATABASE_URL=postgresql://build@localhost/build REDIS_URL=redis://localhost \
    python manage.py collectstatic --no-input -v0 \
 && rm -rf node_modules/@tabler static-built

FROM python:3.12-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /office --shell /usr/sbin/nologin office \
 && install -d -o office -g office /files
COPY --from=environment /venv /venv
COPY --from=built /office /office
WORKDIR /office
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 STATIC_ROOT=/office/static-collected FILES_ROOT=/files STATE=/run/office
USER office
EXPOSE 8000
CMD ["gunicorn", "coordination.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", "--preload", "--access-logfile", "-", "--no-control-socket"]
