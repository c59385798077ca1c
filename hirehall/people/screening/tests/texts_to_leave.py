"""Texts of ordinary work that look like a contact to a careless reader and must not be stopped."""

TEXTS = """
My price is $1,000-2,000 for all of it.
Budget: $500 - $1500
USD 1000000 in sales
The budget is 1500/500 per month
I worked there 2023-2024.
From 2019 to 2025, full time
Delivered on 2025-03-01 and 2025-03-02
Date: 11/30/2023
Start: 01.02.2025, end: 28.02.2025
2025-03-01 10:11:12
2025-03-01T10:11:12.123456Z
Mon-Fri 9:00-17:00, 18:30-20:00
March 14, 2025 at 10:30
We have 10 000 000 rows.
We have 10,000,000 rows and 1,234,567 users.
12345678 records a day
1234567890
The table has 9876543 rows
0.123456789 is the value
pi is 3.14159265358979
version 2022.3.53
Unity 2022.3.9f1 and Node 18.17.1
v1.2.3-beta.4
kernel 4.4.0-71-generic
Chrome/120.0.6099.109
192.168.0.1:8080
10.0.0.0/16 and 0.0.0.0/0
127.0.0.1
255.255.255.255
ports 4341-35411
order 1234567890
Order #4155550123
invoice no. 2015550123
ticket 9175550123 is closed
ID: 4155550123
job id 1071535700
tracking number 9400111899223100001234
ISBN 978-3-16-148410-0
ISBN-10: 0306406152
SKU 4006381333931
EAN: 4006381333931
the timestamp 1700000000
epoch 1700000000000 in ms
1697801234567
#ff00aa and #123456
color: #1a2b3c4d
550e8400-e29b-41d4-a716-446655440000
commit 9fceb02d0ae598e95dc970b74767f19372d61af8
sha256 e3b0c44298fc1c149afbf4c8996fb924
0 0 0 0 0 0 0 0 0 0
1 0 1 1 0 0 1 0 1 0
1 2 3 4 5 6 7 8 9 10
one two three four five six seven eight nine
there are two or three ways, four of them cheap
1, 2, 3, 4, 5
60 - 100 hours, 20-30 a week
300-500-700 words
3-5 years, 10+ projects, 100% score
+12 years of work
Conversion +50% in 30 days
5+ years
1000-2000 words per article
1920x1080 and 3840x2160
1024 x 768 at 60 fps
24/7 support, 365 days
The zip code 62704
123-456-7890 is the mask of the phone field
The phone field accepts (123) 456-7890
A phone field and a mail field on the form
Enter 10 digits in the phone number field
Twilio SMS for 100000 messages a month
call the API 1000000 times
1000000 calls a day
We call 2000 leads a week
GDPR Article 6 and EU 1169/2011
15 Pa.C.S. § 1307
IRC §512(b) and §514
latitude 40.712776, longitude -74.005974
40.7127, -74.0059
RGB(255, 255, 255)
rgba(0,0,0,0.5)
1e10 and 0xdeadbeef
100200300400
MIT 6.0001, CS 101
a 4-8-15-16-23-42 joke
ratio 16:9 at 4:3
Salary
70000-90000
full time
odoo,15,16,17,18 and odoo 19, 18, 17, 16
7-10 days, 2-3 revisions
Integrate a Telegram bot with our shop
Build a WhatsApp API integration
WhatsApp Business API and Twilio
PayPal checkout with Stripe as fallback
Set up Stripe/PayPal for payments
payment gateways (PayPal, Venmo, Cash App)
Add Venmo, PayPal and Zelle as payment options
A Discord bot for our community
Telegram: bot with menu
Integrations: Telegram, WhatsApp, Viber, Skype
WhatsApp: send reminders to customers
Channels - Instagram, TikTok, LinkedIn
Instagram: post daily stories
Users can contact us via WhatsApp
Customers message us on WhatsApp and the bot answers
A button so visitors can chat with us on Telegram
audio signal processing
GPS signal loss
trading signal: buy or sell
line: 42
Scrape Telegram channels
Telegram username: string
Discord username and avatar are shown
Slack and Teams notifications
Connect the wallet to my Discord server
Manage our Facebook ads
LinkedIn outreach and lead lists
my Instagram is growing fast
our Facebook page needs a designer
my Instagram account needs posts
Calendly integration for bookings
Use the Calendly API to book
calendly.com/integrations shows how
A Zoom clone with WebRTC
We use Zoom for the stand-up
embed a Google Meet link in the event
zoom in and out of the map
https://github.com/hirehall/market
https://gitlab.com/hirehall/market
https://stackoverflow.com/questions/1234567890/how
https://www.behance.net/gallery/1234567890/work
https://dribbble.com/shots/1234567-work
https://youtube.com/watch?v=dQw4w9WgXcQ
https://docs.google.com/document/d/1aBcD1234567890
https://developers.facebook.com/docs/graph-api
https://www.facebook.com/groups/1234567890
https://www.instagram.com/p/Cabc123/
https://twitter.com/nasa/status/1234567890123
https://www.linkedin.com/jobs/view/1234567890
https://developer.paypal.com/docs/checkout
https://stripe.com/docs/payments
https://core.telegram.org/bots/api
https://t.me/BotFather makes the token
https://discord.com/developers/docs/intro
wa.me/<number> links on the page
see https://site.example/item/9175550123
@Component and @Injectable in Angular
@media (max-width: 600px)
@import url("style.css")
@app.route("/users")
@pytest.mark.parametrize
def run(self): return self.items[0:10]
npm install @angular/core @types/node
@org/pkg and @babel/preset-env@7.22.5
react@18.2.0 and lodash@4.17.21
logo@2x.png and icon@3x.png
git@github.com:hirehall/market.git
postgres://user:secret@db.host.com:5432/market
user@localhost
root@10.0.0.1
SELECT @total := 100
@everyone in the channel
Reference @peacock at the beginning of your application.
- @username required
annotated code. @ $5/hr
the price is 20 @ 3 each
look at our site dot com boom
at what point in time
good at dot net
I am good at dot net and C#
meet me at noon
visit us at mysite.com
visit us at carterworks dot com
the test page is live at gmail.com
my site is carterworks.com
Set up email at our domain
Email marketing with Mailchimp
Send an email to the customer after the order
Gmail API and Outlook integration
Filters in Gmail for 61 inboxes
Need a Gmail account to test
email to SMS gateway
user@example.com is the test user
The form accepts name@example.org
admin@example.com and admin@shop.test log in
e.g. `user549c55@example.com`
info@yourdomain.com as a stand-in
name@company.com is shown in the field
I worked at Google for 3 years
engineer at Yahoo
He is live at Outlook
Feel free to dm me here
Please contact me for details
reach out if you are interested
Message me here with your questions
please do not contact us outside of the platform
Never pay outside the platform
we do not pay outside of Hirehall
Do not ask me to pay you directly
Payments go through the contract
Users pay drivers directly in the app
Customers can pay via PayPal
The app lets users pay by crypto
an app where buyers pay me via PayPal is what I built
crypto payments and USDT support
Bitcoin price tracker
The contract 0x52908400098527886E0F7030069857D2E4169EE7 is on mainnet
token address 0xdAC17F958D2ee523a2206206994597C13D831ec7
calculate service fees and platform fees
no platform fee in the first year
Accept credit cards, PayPal and bank transfer at the checkout
avoid fees for late delivery
a bank transfer parser for PDF statements
IBAN validation in Python
validate IBAN and BIC fields
WISE: a study of wise people
pay attention to the details outside the box
Lorem ipsum dolor sit amet 12 Angry Men
123 Main Street is in the sample data
Wall Street 2008 data
The 5 Star Drive
Chapter 40A, Section 10
Abbey Road at 33 rpm
Main street 5
T H E W I D E T I T L E of the shop
Привет, это обычный текст о работе 2024 года
Ένα συνηθισμένο κείμενο
这是一个普通的项目，预算 1000 美元
"""


def rows() -> list[str]:
    return TEXTS.strip().splitlines()
