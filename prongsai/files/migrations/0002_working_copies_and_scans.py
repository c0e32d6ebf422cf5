import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='sealedfile',
            name='original',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='working_copy', to='files.sealedfile'),
        ),
        migrations.AddField(
            model_name='sealedfile',
            name='scanned_at',
            field=models.DateTimeField(null=True, verbose_name='ตรวจไฟล์เมื่อ'),
        ),
        migrations.AlterField(
            model_name='sealedfile',
            name='scan_state',
            field=models.CharField(choices=[('not_scanned', 'ยังไม่ได้ตรวจ'), ('clean', 'ตรวจแล้วไม่พบไวรัส'), ('harmful', 'พบไวรัส')], default='not_scanned', max_length=12, verbose_name='ผลการตรวจไฟล์'),
        ),
        migrations.CreateModel(
            name='WaitingScan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed_key', models.BinaryField()),
                ('until', models.DateTimeField()),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='waiting_scan', to='files.sealedfile')),
            ],
            options={
                'verbose_name': 'ไฟล์ที่รอการตรวจ',
                'verbose_name_plural': 'ไฟล์ที่รอการตรวจ',
            },
        ),
    ]
