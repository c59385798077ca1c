"""Texts that must be stopped before a contract: kind, and a text with at least one such piece in it.

Written for this house. The numbers come from ranges kept for fiction where a country has such.
"""

PHONES = """
Call me at 917-555-0123 any time.
My number is (917) 555-0123.
917.555.0123
Reach me: 917 555 0123
Text 9175550123 and I will answer.
+1 917 555 0123 works best
+1-917-555-0123
+1 (917) 555-0123
1-917-555-0123
+44 20 7946 0958 is the office
+44 7700 900123
07700 900123 is my mobile
020 7946 0958
0044 20 7946 0958
+91 98765 43210
98765 43210
9876543210 is my number
+49 30 901820
+49 (0)151 23456789
0151 23456789
+33 6 12 34 56 78
06 12 34 56 78
06.12.34.56.78
+34 612 34 56 78
612 34 56 78
+55 11 91234-5678
(11) 91234-5678
+7 912 345-67-89
8 (912) 345-67-89
+86 138 1234 5678
13812345678
+81 90-1234-5678
090-1234-5678
+82 10-1234-5678
+92 300 1234567
0300 1234567
+880 1712-345678
01712-345678
+234 803 123 4567
0803 123 4567
+63 917 123 4567
0917 123 4567
+62 812-3456-7890
+84 91 234 56 78
+61 412 345 678
0412 345 678
+20 100 123 4567
+254 712 345678
0712 345678
+90 532 123 45 67
+380 50 123 4567
+971 50 123 4567
+966 50 123 4567
+972 54-123-4567
+27 82 123 4567
+52 55 1234 5678
+54 9 11 2345-6789
+48 512 345 678
+39 312 345 6789
Phone: 512 345 678
mobile no. 501234567
Handy: 0176 12345678
whatsapp 512345678
Tel. 22 345 67 89
WhatsApp number: 3105550123
nineonesevenfivefivefivezeroonetwothree
NINE ONE SEVEN FIVE FIVE FIVE ZERO ONE TWO THREE
nine one seven five five five zero one two three
nine-one-seven, five-five-five, zero-one-two-three
call nine one seven triple five oh one two three
9 one 7 five 5 five 0 one 2 three
nine seven six eight double five four three two one
seis uno dos tres cuatro cinco seis siete ocho
null eins fünf eins zwei drei vier fünf sechs sieben acht
девять один два три четыре пять шесть семь восемь девять
nove um dois três quatro cinco seis sete oito
9 1 7 5 5 5 0 1 2 3
9.1.7.5.5.5.0.1.2.3
9-1-7-5-5-5-0-1-2-3
9️⃣1️⃣7️⃣5️⃣5️⃣5️⃣0️⃣1️⃣2️⃣3️⃣
９１７５５５０１２３
٩١٧٥٥٥٠١٢٣
९८७६५४३२१०
𝟗𝟏𝟕𝟓𝟓𝟓𝟎𝟏𝟐𝟑
⑨①⑦⑤⑤⑤⓪①②③
917\u200b555\u200b0123
9\u200d1\u200d7\u200d5\u200d5\u200d5\u200d0\u200d1\u200d2\u200d3
9l7 555 O123
(9l7) 555-Ol23
917*555*0123
917_555_0123
917~555~0123 is my phone
📞 917 555 0123
☎ 020 7946 0958
电话 13812345678
звоните 8 912 345 67 89
tel:+19175550123
Ring 9175550123, ask for Ben
ID: 917 555 0123
917 555 0123 - 20 hours
order 917-555-0123
(917) 555 0123 users
"""

MAILS = """
ben@carterworks.net
Write to ben.carter@gmail.com please
ben+jobs@mail.carterworks.co.uk
BEN@CARTERWORKS.NET
mailto:ben@carterworks.net
<ben@carterworks.net>
ben @ carterworks.net
ben @gmail.com
ben@ gmail .com
ben @ gmail . com
ben.carter at gmail dot com
ben.carter AT gmail DOT com
ben at carterworks dot net
ben_at_gmail_dot_com
ben-at-carterworks-dot-net
ben(at)gmail(dot)com
ben (at) carterworks (dot) net
ben [at] gmail [dot] com
ben{at}gmail{dot}com
ben<at>gmail<dot>com
ben[at]gmail.com
ben (at) carterworks.net
ben(@)gmail.com
ben [@] gmail [.] com
ben.carter at gmail.com
ben.carter@gmail dot com
ben.carter@gmail[.]com
ben arroba gmail punto com
ben arroba carterworks ponto com
ben arobase gmail point com
ben at the rate gmail dot com
b e n @ g m a i l . c o m
B E N @ G M A I L . C O M
b e n c a r t e r a t g m a i l d o t c o m
b.e.n.@.g.m.a.i.l...c.o.m
b-e-n-@-g-m-a-i-l-.-c-o-m
bеn@gmаil.соm
ｂｅｎ＠ｇｍａｉｌ．ｃｏｍ
ben＠gmail.com
ben@gmail。com
b\u200be\u200bn\u200b@\u200bg\u200bm\u200bail.com
𝓫𝓮𝓷@𝓰𝓶𝓪𝓲𝓵.𝓬𝓸𝓶
my gmail is bencarter92
Gmail: ben.carter92
bencarter92 gmail com
ben.carter@gmail,com
my email is bencarter at gmail
email me: ben.carter@yahoo
иван@почта.рф
josé@correo.es
Please email your resume and two samples.
You can write to hire@example.com at any time.
Thank you for reading. Best, Ben ben@example.com
BEN(AT)CARTERWORKS(DOT)NET
ben(at)example(dot)com
ben at g mail dot com
reach out to ben.carter at hotmail.com
"""

MESSENGERS = """
telegram @bencarter
Telegram: @ben_carter
TG @bencarter92
tg: @bencarter
my telegram is bencarter
Telegram ID: bencarter92
t.me/bencarter
https://t.me/bencarter
t . me / bencarter
t(dot)me/bencarter
t dot me slash bencarter
telegram.me/bencarter
t.me/+AbCdEf123456
wa.me/19175550123
https://wa.me/message/ABCDEF12
https://api.whatsapp.com/send?phone=19175550123
https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv
skype live:ben.carter
live:.cid.1a2b3c4d5e6f
my skype is ben.carter
Skype ID: ben.carter
skype: ben_carter92
skype:ben.carter?chat
discord ben#1234
on discord I am bencarter#0042
https://discord.gg/AbC123
discord.com/invite/AbC123
my discord is bencarter
signal: @ben.42
my signal number is ben.42
https://signal.me/#p/+19175550123
wechat id bencarter
WeChat ID: ben_carter88
my wechat: bencarter
viber: @bencarter
my zalo is bencarter
zalo.me/0912345678
kik: ben_carter
my kik is bencarter
https://join.slack.com/t/carterworks/shared_invite/zt-abc
m.me/bencarter
message me on telegram
contact me via WhatsApp
add me on discord
ping me on skype
Let's talk on WhatsApp
we can chat on telegram if you like
hit me up on Telegram
reach out to me on WhatsApp
text us on viber
let’s move this to WhatsApp
write to me in telegram
tеlegram @bencarter
t3legram: @bencarter
wh@tsapp me? contact me on wh@tsapp
пишите мне в телеграм
What is your WhatsApp number?
I am available on WhatsApp
"""

SOCIALS = """
https://www.linkedin.com/in/ben-carter-92/
linkedin.com/in/bencarter
instagram.com/bencarter
https://www.instagram.com/ben.carter92/
https://facebook.com/ben.carter.92
fb.com/bencarter
fb.me/bencarter
https://twitter.com/bencarter
https://x.com/bencarter
tiktok.com/@bencarter
https://vk.com/bencarter
linktr.ee/bencarter
insta @bencarter
IG: @ben.carter
Instagram at @ bencarter_works
Twitter @bencarter
my instagram is bencarter
FB: ben.carter92
Follow me @bencarter
DM me @bencarter
find us at @carterworks
my handle is @bencarter
@ben@mastodon.social
"""

MEETINGS = """
https://zoom.us/j/9175550123?pwd=abc
us02web.zoom.us/j/81234567890
https://carterworks.zoom.us/my/ben
meet.google.com/abc-defg-hij
https://teams.microsoft.com/l/meetup-join/19%3ameeting
teams.live.com/meet/9312345678
https://calendly.com/bencarter/30min
calendly.com/ben-carter
cal.com/bencarter/intro
https://whereby.com/bencarter
meet.jit.si/BenAndCyd
https://calendar.app.google/AbCdEf123
meetings.hubspot.com/ben-carter
Zoom meeting ID: 812 3456 7890
Zoom ID 812-3456-7890
google meet code: abc-defg-hij
bencarter.youcanbook.me
"""

ADDRESSES = """
Visit us at 221 Baker Street
4210 Old Mill Road, Springfield, IL 62704
Our office is at 88 North Harbor Drive, Suite 4
Send it to 12 Kings Road, London SW3 4UX
Lindenstraße 12, 10969 Berlin
Hauptstr. 5, 80331 München
12 rue de la Paix, 75002 Paris
Calle Mayor 5, 28013 Madrid
77 Queen Street West, Toronto ON M5H 2M9
"""

PAYMENT_LINKS = """
paypal.me/bencarter
https://www.paypal.com/paypalme/bencarter/50
venmo.com/u/bencarter
https://cash.app/$bencarter
cash app $bencarter
Venmo: @ben-carter
wise.com/pay/me/bencarter
wise tag @bencarter
revolut.me/bencarter
https://buy.stripe.com/abcd1234
ko-fi.com/bencarter
PayPal: ben@carterworks.net
my paypal is ben@carterworks.net
IBAN DE89 3704 0044 0532 0130 00
GB82WEST12345698765432
1BoatSLRHtKNngkdXEeobR76b53LETtpyT
bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq
Send it to 0x52908400098527886E0F7030069857D2E4169EE7
my wallet: 0x52908400098527886E0F7030069857D2E4169EE7
bencarter@okicici
account number 12345678, sort code 12-34-56
routing number 021000021 account number 123456789
bitcoin:1BoatSLRHtKNngkdXEeobR76b53LETtpyT
"""

OFFERS = """
I will pay you directly
We can pay you outside the platform
pay outside of Hirehall
Let's avoid the platform fees
We could skip the service fee together
I'll pay via PayPal
we will pay you through Western Union
I can pay you weekly by bank transfer
pay me in USDT
Please send the money to me by Wise
I accept payments via crypto
I'd prefer to be paid in bitcoin
You will be paid via PayPal
Payment will be made through Payoneer, as your payment will be made via Wise
let's take this off the platform
we can work outside the platform
close the contract and pay me directly
You can pay me directly, it is cheaper
"""

KINDS = {
    "phone": PHONES,
    "email": MAILS,
    "messenger": MESSENGERS,
    "social": SOCIALS,
    "meeting": MEETINGS,
    "address": ADDRESSES,
    "payment_link": PAYMENT_LINKS,
    "outside_payment": OFFERS,
}


def rows() -> list[tuple[str, str]]:
    return [(kind, line) for kind, lines in KINDS.items() for line in lines.strip().splitlines()]
