"""Version 1 of the API, and its description (OpenAPI 3.1)."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.operation import Operation

from prongsai.api import problems, shapes
from prongsai.api.endpoints import agencies, announcements, ledger, registers, statistics
from prongsai.api.schemas import ProblemOut, ServiceOut
from prongsai.registers.licence import licence_of

VERSION = "1.0.0"
READ_ALOUD = (
    "ข้อมูลเปิดของจังหวัด อ่านได้โดยไม่ต้องลงทะเบียน แสดงเฉพาะสิ่งที่หน้าเว็บสาธารณะแสดง\n\n"
    "Open data of the province: read only, without registration, and nothing that the public pages do not show. "
    "Lists come in pages (`page`, `size`) with `Link` and `X-Total-Count`; answers carry an `ETag`. "
    "Dates are ISO 8601 in C.E.; fiscal years are B.E. Errors are problem+json in Thai and English."
)


class OpenData(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_openapi_schema(self, **options: Any) -> Any:
        """Ninja's, with every operation's errors added: they are the same everywhere, and of a type of their own."""
        schema = super().get_openapi_schema(**options)
        reference = {"$ref": "#/components/schemas/ProblemOut"}
        for path in schema["paths"].values():
            for operation in path.values():
                for status in (400, 404):
                    operation["responses"][status] = {
                        "description": problems.TITLES[status][1],
                        "content": {problems.MEDIA_TYPE: {"schema": reference}},
                    }
        schema["components"]["schemas"]["ProblemOut"] = ProblemOut.model_json_schema(
            ref_template="#/components/schemas/{model}"
        )
        definitions = schema["components"]["schemas"]["ProblemOut"].pop("$defs", {})
        schema["components"]["schemas"].update(definitions)
        return schema


def written(api: NinjaAPI) -> str:
    """The description as text; ``openapi.json`` holds the promise that a test compares with it."""
    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1) + "\n"


api = OpenData(
    title="Prongsai open data",
    version=VERSION,
    description=READ_ALOUD,
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
for part in (announcements, agencies, registers, statistics, ledger):
    api.add_router("", part.router)


@api.get(
    "/",
    response=ServiceOut,
    tags=["service"],
    url_name="service",
    summary="What this is, whose it is, and under which licence",
    description="ข้อมูลของบริการนี้ และสัญญาอนุญาต",
)
def service(request: HttpRequest) -> Any:
    province = shapes.province_of(request)
    return {
        "version": VERSION,
        "province": {"code": province.pk, "name_th": province.full_name, "name_en": province.name_en},
        "is_sample": province.is_sample,
        "licence": licence_of(province).described(),
        "documentation": shapes.url(request, "open-data:docs"),
        "openapi": shapes.url(request, "api:openapi-json"),
        "catalogue": shapes.url(request, "portal:catalogue"),
    }


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problems.problem(request, 404)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problems.problem(request, 400, problems.from_validation(error.errors))


@api.exception_handler(problems.BadRequest)
def bad_request(request: HttpRequest, error: problems.BadRequest) -> HttpResponse:
    return problems.problem(request, 400, error.errors)
