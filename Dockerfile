# The portal in a container: the same command as `make start`, data in the volume /daten.
#     docker build -t strategieportal .
#     docker run -p 127.0.0.1:8000:8000 -v strategieportal:/daten strategieportal
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOST=0.0.0.0 \
    DATEN_ORDNER=/daten

RUN useradd --system --user-group --home-dir /portal --shell /usr/sbin/nologin portal \
    && install --directory --owner=portal --group=portal --mode=0700 /daten

WORKDIR /portal
COPY requirements.lock .
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock
COPY . .

USER portal
VOLUME /daten
EXPOSE 8000
CMD ["python", "manage.py", "start"]
