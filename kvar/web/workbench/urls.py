"""Addresses below `/{sv|en}/arbetsbord/`."""

from django.urls import path

from kvar.web.workbench import contracts, identity, imports, look, open_data, people, rules, surveys, views

urlpatterns = [
    path("", views.workbench, name="workbench"),
    path("<slug:slug>/", views.organisation, name="organisation"),
    path("<slug:slug>/import/", imports.choose, name="import"),
    path("<slug:slug>/import/<uuid:job_id>/", imports.job, name="import-job"),
    path("<slug:slug>/import/<uuid:job_id>/kolumner/", imports.columns, name="import-columns"),
    path("<slug:slug>/import/<uuid:job_id>/las-in/", imports.load, name="import-load"),
    path("<slug:slug>/import/<uuid:job_id>/angra/", imports.undo, name="import-undo"),
    path("<slug:slug>/import/<uuid:job_id>/fel.csv", imports.errors, name="import-errors"),
    path("<slug:slug>/avtal/", contracts.contracts, name="contracts"),
    path("<slug:slug>/avtal/fel.csv", contracts.rejected, name="contracts-errors"),
    path("<slug:slug>/paverkan/", contracts.influence, name="influence"),
    path("<slug:slug>/att-granska/", look.look, name="look"),
    path("<slug:slug>/vem-ar-vem/", identity.identity, name="identity"),
    path("<slug:slug>/regler/", rules.overrides, name="overrides"),
    path("<slug:slug>/enkat/", surveys.surveys, name="surveys"),
    path("<slug:slug>/enkat/<int:year>.csv", surveys.surveys_list, name="surveys-list"),
    path("<slug:slug>/oppna-data/", open_data.open_ledger, name="open-ledger"),
    path("<slug:slug>/oppna-data/<int:year>.csv", open_data.open_ledger_file, name="open-ledger-file"),
    path("<slug:slug>/manniskor/", people.people, name="people"),
]
