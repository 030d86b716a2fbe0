"""The administration as a whole: what it is called, who signs in, that rows go one by one."""

from typing import ClassVar

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserCreationForm
from django.contrib.auth.models import Group, User
from django.db.models import ManyToManyField
from django.urls import reverse
from django.utils.html import format_html

from grundlage.rollen import IN_DER_VERWALTUNG, rollen_von
from kernaktivitaeten.models import Zugang

from . import (  # noqa: F401 (each registers its models)
    aussagen,
    beschluss,
    bilanz,
    kernaktivitaet,
    meldung,
    stempel,
    strategiearbeit,
    zielsystem,
    zuordnung,
)
from .models import Stapel
from .stapelansicht import StapelAdmin

# Roles are fixed: what each may do stands in the code, not in a row.
admin.site.unregister(Group)
admin.site.unregister(User)


class ZugangInline(admin.StackedInline):
    model = Zugang
    fields = ("stelle", "kompetenzen", "kernaktivitaeten")
    autocomplete_fields = ("stelle",)
    can_delete = False
    formfield_overrides: ClassVar = {ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Only to choose from: what there is to choose is kept elsewhere."""
        feld = super().formfield_for_dbfield(db_field, request, **kwargs)
        for was in ("add", "change", "delete", "view"):
            setattr(feld.widget, f"can_{was}_related", False)
        return feld


class PasswortForm(AdminPasswordChangeForm):
    """Without the choice to have no password: there is no other way in yet."""

    usable_password = None


@admin.register(User)
class KontoAdmin(UserAdmin):
    """An account with its roles; whether it gets in here follows from them."""

    add_form = UserCreationForm
    add_form_template = None
    add_fieldsets = ((None, {"fields": ("username", "password1", "password2")}),)
    change_password_form = PasswortForm
    change_user_password_template = "admin/passwort.html"
    fieldsets = (
        (None, {"fields": ("username", "passwort")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("Rollen", {"fields": ("is_active", "groups", "is_superuser")}),
        ("Anmeldung", {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ("passwort", "last_login", "date_joined")
    filter_horizontal = ()
    list_display = ("username", "last_name", "first_name", "rollen", "is_active")
    list_filter = ("groups", "is_active", "is_superuser")
    inlines = (ZugangInline,)
    formfield_overrides: ClassVar = {  # the roles, each with a box to tick
        ManyToManyField: {
            "widget": forms.CheckboxSelectMultiple,
            "label": "Rollen",
            "help_text": "",
        }
    }

    def get_inlines(self, request, obj):
        return self.inlines if obj else ()

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        konto = User.objects.get(pk=form.instance.pk)
        konto.is_staff = konto.is_superuser or bool(rollen_von(konto) & IN_DER_VERWALTUNG)
        konto.save(update_fields=["is_staff"])

    @admin.display(description="Passwort")
    def passwort(self, konto: User) -> str:
        adresse = reverse("admin:auth_user_password_change", args=(konto.pk,))
        return format_html('<a href="{}">Neues Passwort setzen</a>', adresse)

    @admin.display(description="Rollen")
    def rollen(self, konto: User) -> str:
        return ", ".join(sorted(gruppe.name for gruppe in konto.groups.all()))


admin.site.register(Stapel, StapelAdmin)
# Everybody signs in at /konto/; who may not edit gets a clear no instead of another form.
admin.site.login = secure_admin_login(admin.site.login)
# The mail address stands with the account.
admin.site.unregister(EmailAddress)
admin.site.site_title = "Verwaltung des Strategieportals"
admin.site.site_header = "Strategieportal Bochum – Verwaltung"
admin.site.index_title = "Was möchten Sie bearbeiten?"
admin.site.empty_value_display = "–"
# Deleting many at once would skip the sentence that says why something must stay.
admin.site.disable_action("delete_selected")
# The lists need the width; the start page leads to all of them.
admin.site.enable_nav_sidebar = False
