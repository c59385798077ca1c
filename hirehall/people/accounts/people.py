"""How Django and allauth make users: by e-mail address, folded to lower case."""

from django.contrib.auth.base_user import BaseUserManager


class PeopleManager(BaseUserManager):
    """Creates persons; the address is stored in lower case, so that one mailbox is one person."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields):
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str):
        return self.get(email=email.strip().lower())
