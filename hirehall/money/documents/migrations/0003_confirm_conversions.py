from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0002_guard_documents'),
    ]

    operations = [
        migrations.AlterField(
            model_name='document',
            name='kind',
            field=models.CharField(choices=[('invoice', 'invoice'), ('fee_invoice', 'fee invoice'), ('receipt', 'receipt'), ('credit_note', 'credit note'), ('withdrawal', 'withdrawal'), ('conversion', 'conversion')], max_length=12),
        ),
    ]
