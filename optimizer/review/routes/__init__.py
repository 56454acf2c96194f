"""The routes, a file for each part of the application; `app` puts them together and refuses one without a guard."""

from fastapi import APIRouter

from optimizer.review.routes import (
    aanbod,
    api,
    coa,
    general,
    meldingen,
    province,
    region,
    research,
    sign_in,
    vervanging,
    workbook,
    zaken,
)

ROUTERS: tuple[APIRouter, ...] = (
    general.router,
    sign_in.router,
    zaken.router,
    aanbod.router,
    vervanging.router,
    meldingen.router,
    coa.router,
    province.router,
    region.router,
    research.router,
    workbook.router,
    api.router,
)
