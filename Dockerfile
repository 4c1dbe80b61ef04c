FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
COPY pyproject.toml README.md ./
COPY rutanvote rutanvote
COPY reconcile reconcile
RUN pip install --no-cache-dir -e .
COPY manage.py ./
COPY fixtures fixtures
COPY templates templates
COPY static static
COPY locale locale
RUN useradd --create-home officer && mkdir var && chown officer var && SECRET_KEY=build python manage.py collectstatic --noinput
USER officer
EXPOSE 8000
CMD ["gunicorn", "rutanvote.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4"]
