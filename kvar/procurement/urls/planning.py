"""Addresses of planning, the public pages and the data exchange."""

from django.urls import path

from kvar.procurement.views import (
    calendar,
    notice,
    notice_data,
    others,
    planning_cancel,
    planning_criteria,
    planning_dialogue,
    planning_lots,
    planning_measures,
    planning_mine,
    planning_need,
    planning_new,
    planning_openers,
    planning_publish,
    planning_questions,
    planning_residents,
    planning_simulate,
    planning_terms,
    route,
)

PLAN = "upphandling/<uuid:pk>/"
NOTICE = "<str:lang>/<str:place>/upphandling/<uuid:pk>"
PUBLIC = [
    path("<str:lang>/<str:place>/upphandling/ocds.json", notice_data.everything, name="notices-ocds"),
    path("<str:lang>/<str:place>/upphandling/verifier.py", notice_data.verifier, name="verifier"),
    path("<str:lang>/<str:place>/upphandling/annat-hall/", others.others, name="others"),
    path(NOTICE + "/", notice.notice, name="notice"),
    path(NOTICE + ".json", notice_data.ocds, name="notice-ocds"),
    path(NOTICE + "/eforms.json", notice_data.eforms, name="notice-eforms"),
    path(NOTICE + "/protokoll-<int:number>.json", notice_data.record, name="notice-record"),
    path("<str:lang>/<str:place>/upphandling/", calendar.calendar, name="calendar"),
    path("<str:lang>/<str:place>/upphandling/vag/", route.route, name="route"),
]
WORKBENCH = [
    path("upphandling/", planning_mine.mine, name="procurements"),
    path("upphandling/ny/<slug:slug>/", planning_new.new, name="plan-new"),
    path(PLAN, planning_need.hub, name="plan"),
    path(PLAN + "behov/", planning_need.need, name="plan-need"),
    path(PLAN + "dialog/", planning_dialogue.dialogue, name="plan-dialogue"),
    path(PLAN + "dialog/<int:meeting>/", planning_dialogue.notes, name="plan-notes"),
    path(PLAN + "delar/", planning_lots.lots, name="plan-lots"),
    path(PLAN + "funktion/", planning_lots.function, name="plan-function"),
    path(PLAN + "kriterier/", planning_criteria.criteria, name="plan-criteria"),
    path(PLAN + "samhallsnytta/", planning_measures.measures, name="plan-measures"),
    path(PLAN + "prova/", planning_simulate.simulate, name="plan-simulate"),
    path(PLAN + "villkor/", planning_terms.terms, name="plan-terms"),
    path(PLAN + "forslag/", planning_residents.residents, name="plan-residents"),
    path(PLAN + "oppnare/", planning_openers.openers, name="plan-openers"),
    path(PLAN + "min-nyckel/", planning_openers.key, name="plan-key"),
    path(PLAN + "min-nyckel/prov.age", planning_openers.challenge, name="plan-challenge"),
    path(PLAN + "avbryt/", planning_cancel.cancel, name="plan-cancel"),
    path(PLAN + "fragor/", planning_questions.questions, name="plan-questions"),
    path(PLAN + "publicera/", planning_publish.publish, name="plan-publish"),
]
