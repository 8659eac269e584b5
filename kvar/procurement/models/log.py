"""The log of what decides, one Merkle tree a procurement: leaves are only ever added."""

from django.db import models

from kvar.procurement.models.planning import Procurement


class LogLeaf(models.Model):
    """A leaf in its place: the canonical JSON text (see `kvar.procurement.log.leaf`)."""

    procurement = models.ForeignKey(Procurement, on_delete=models.PROTECT, related_name="leaves")
    number = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        """In order, no gaps by hand."""

        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("procurement", "number"), name="one_leaf_number"),)

    def __str__(self) -> str:
        return f"{self.procurement_id} {self.number}"
