# syntax=docker/dockerfile:1

FROM node:22-bookworm-slim AS web
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
COPY frontend/package.json frontend/
COPY tests/interop/package.json tests/interop/
RUN npm ci --no-fund --no-audit
COPY frontend frontend
RUN npm run build --workspace frontend

FROM python:3.12-slim-bookworm AS build
WORKDIR /src
RUN python -m venv /opt/build && python -m venv /opt/parley
COPY requirements.txt requirements-dev.txt ./
RUN /opt/parley/bin/pip install --no-cache-dir --require-hashes -r requirements.txt \
 && /opt/build/bin/pip install --no-cache-dir --require-hashes -r requirements-dev.txt
COPY pyproject.toml README.md LICENSE ./
COPY app app
# An installed service finds its migrations and its built web application inside the package.
COPY migrations app/migrations
COPY --from=web /src/frontend/dist app/web
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
 && /opt/parley/bin/pip install --no-cache-dir --no-deps /wheels/parley-*.whl

FROM python:3.12-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /var/lib/parley --create-home parley
COPY --from=build /opt/parley /opt/parley
ENV PATH=/opt/parley/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PARLEY_DATA_DIR=/var/lib/parley
USER parley
WORKDIR /var/lib/parley
VOLUME /var/lib/parley
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
ENTRYPOINT ["parley"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
