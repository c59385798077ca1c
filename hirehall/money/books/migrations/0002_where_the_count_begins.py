from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('books', '0001_keep_books'),
    ]

    operations = [
        migrations.CreateModel(
            name='CountStart',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('last_transfer', models.BigIntegerField(default=0)),
                ('openings', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='count_starts_once')],
            },
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('party_id', models.CharField(db_collation='C', max_length=26)),
                ('pot', models.CharField(max_length=16)),
                ('unit', models.CharField(max_length=8)),
                ('told_minor', models.BigIntegerField()),
                ('held_minor', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('party_id', 'pot', 'unit'), name='opening_once'), models.CheckConstraint(condition=models.Q(('told_minor', models.F('held_minor')), _negated=True), name='opening_differs')],
            },
        ),
    ]
