"""What the sign-in page says of the rules in force."""

from django import template

from prongsai.signin.enforcement import is_enforced

register = template.Library()


@register.simple_tag
def second_factor_enforced() -> bool:
    return is_enforced()
