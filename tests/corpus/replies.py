# ruff: noqa: RUF001 - the letters of other alphabets are meant
"""Answers as the usual mail programs write them, in a dozen languages."""

from collections.abc import Iterator

from tests.corpus.case import Case, html_part, multipart, reply, text_part
from tests.corpus.desk import SENT

_QUOTE = "> Hello Jane,\n>\n> please try again.\n>\n> --\n> Acme Support"
# Language: (answer, Gmail's introduction, Outlook's header words, mobile signature)
_LANGUAGES = {
    "English": (
        "That works now, thank you!",
        "On Mon, Mar 2, 2026 at 11:00 AM Acme Support <support@acme.example> wrote:",
        ("From", "Sent", "To", "Subject"),
        "Sent from my iPhone",
    ),
    "German": (
        "Das geht jetzt, vielen Dank!",
        "Am Mo., 2. März 2026 um 11:00 Uhr schrieb Acme Support <support@acme.example>:",
        ("Von", "Gesendet", "An", "Betreff"),
        "Von meinem iPhone gesendet",
    ),
    "French": (
        "Cela fonctionne, merci !",
        "Le lun. 2 mars 2026 à 11:00, Acme Support <support@acme.example> a écrit :",
        ("De", "Envoyé", "À", "Objet"),
        "Envoyé de mon iPhone",
    ),
    "Spanish": (
        "Ya funciona, ¡gracias!",
        "El lun, 2 mar 2026 a las 11:00, Acme Support (<support@acme.example>) escribió:",
        ("De", "Enviado", "Para", "Asunto"),
        "Enviado desde mi iPhone",
    ),
    "Italian": (
        "Adesso funziona, grazie!",
        "Il giorno lun 2 mar 2026 alle ore 11:00 Acme Support <support@acme.example> ha scritto:",
        ("Da", "Inviato", "A", "Oggetto"),
        "Inviato da iPhone",
    ),
    "Dutch": (
        "Het werkt nu, bedankt!",
        "Op ma 2 mrt 2026 om 11:00 schreef Acme Support <support@acme.example>:",
        ("Van", "Verzonden", "Aan", "Onderwerp"),
        "Verstuurd vanaf mijn iPhone",
    ),
    "Portuguese": (
        "Agora funciona, obrigado!",
        "Em seg., 2 de mar. de 2026 às 11:00, Acme Support <support@acme.example> escreveu:",
        ("De", "Enviado", "Para", "Assunto"),
        "Enviado do meu iPhone",
    ),
    "Polish": (
        "Teraz działa, dziękuję!",
        "pon., 2 mar 2026 o 11:00 Acme Support <support@acme.example> napisał(a):",
        ("Od", "Wysłano", "Do", "Temat"),
        "Wysłane z iPhone'a",
    ),
    "Swedish": (
        "Det fungerar nu, tack!",
        "Den mån 2 mars 2026 kl 11:00 skrev Acme Support <support@acme.example>:",
        ("Från", "Skickat", "Till", "Ämne"),
        "Skickat från min iPhone",
    ),
    "Russian": (
        "Теперь работает, спасибо!",
        "пн, 2 мар. 2026 г. в 11:00, Acme Support <support@acme.example> написал(а):",
        ("От", "Отправлено", "Кому", "Тема"),
        "Отправлено с iPhone",
    ),
    "Czech": (
        "Už to funguje, děkuji!",
        "Dne po 2. 3. 2026 11:00 Acme Support <support@acme.example> napsal:",
        ("Od", "Odesláno", "Komu", "Předmět"),
        "Odesláno z iPhonu",
    ),
    "Turkish": (
        "Şimdi çalışıyor, teşekkürler!",
        "Acme Support <support@acme.example>, 2 Mar 2026 Pzt, 11:00 tarihinde şunu yazdı:",
        ("Kimden", "Gönderildi", "Kime", "Konu"),
        "iPhone'umdan gönderildi",
    ),
    "Japanese": (
        "直りました。ありがとうございます。",
        "2026年3月2日(月) 11:00 Acme Support <support@acme.example>:",
        ("差出人", "送信日時", "宛先", "件名"),
        "iPhoneから送信",
    ),
    "Chinese": (
        "现在可以了，谢谢！",
        "Acme Support <support@acme.example> 于2026年3月2日周一 11:00写道：",
        ("发件人", "发送时间", "收件人", "主题"),
        "发自我的iPhone",
    ),
    "Korean": (
        "이제 됩니다. 감사합니다!",
        "2026년 3월 2일 (월) 오전 11:00, Acme Support <support@acme.example>님이 작성:",
        ("보낸 사람", "보낸 날짜", "받는 사람", "제목"),
        "나의 iPhone에서 보냄",
    ),
}


def _appended(name: str, raw: bytes, text: str, **more: object) -> Case:
    return Case(name, raw, "appended", text=text, number=1001, **more)  # type: ignore[arg-type]


def _by_language(language: str) -> Iterator[Case]:
    answer, introduction, words, mobile = _LANGUAGES[language]
    gmail = f"{answer}\n\n{introduction}\n\n{_QUOTE}"
    yield _appended(f"Gmail, {language}, text", reply(gmail), answer)
    html = (
        f'<div dir="ltr">{answer}</div><br><div class="gmail_quote gmail_quote_container">'
        f'<div dir="ltr" class="gmail_attr">{introduction.replace("<", "&lt;")}<br></div>'
        '<blockquote class="gmail_quote">please try again</blockquote></div>'
    )
    both = multipart(
        text_part(gmail),
        html_part(html),
        kind="alternative",
        subject="Re: Ticket #1001: Cannot log in",
        extra=(f"In-Reply-To: {SENT}",),
    )
    yield _appended(f"Gmail, {language}, HTML", both, answer, html=(answer.replace("'", "'"),))
    values = ("Acme Support <support@acme.example>", "Monday, March 2, 2026 11:00", "Jane", "Re: x")
    block = "\n".join(f"{word}: {value}" for word, value in zip(words, values, strict=True))
    outlook = f"{answer}\n\n{'_' * 32}\n{block}\n\nplease try again\n"
    yield _appended(f"Outlook, {language}, text", reply(outlook), answer)
    phone = f"{answer}\n\n{mobile}\n\n{introduction}\n\n{_QUOTE}"
    yield _appended(f"iPhone, {language}, text", reply(phone), answer)


def cases() -> Iterator[Case]:
    for language in _LANGUAGES:
        yield from _by_language(language)
    yield from _shapes()
    yield from _html_shapes()


def _shapes() -> Iterator[Case]:
    answer, introduction = _LANGUAGES["English"][:2]
    first, second = introduction.rsplit(" Acme", 1)
    wrapped = f"{answer}\n\n{first}\nAcme{second}\n\n{_QUOTE}"
    yield _appended("introduction wrapped onto two lines", reply(wrapped), answer)
    yield _appended("quote without introduction", reply(f"{answer}\n\n{_QUOTE}"), answer)
    old = f"{answer}\n\n-----Original Message-----\nFrom: Acme\nSent: today\nTo: Jane\n\nplease"
    yield _appended("old Outlook's separator", reply(old), answer)
    german = f"{answer}\n\n-----Ursprüngliche Nachricht-----\nVon: Acme\n\nBitte"
    yield _appended("separator in German", reply(german), answer)
    under = f"{introduction}\n{_QUOTE}\n\n{answer}"
    yield _appended("answer under the quote", reply(under), answer)
    inline = f"{introduction}\n> Did you try?\nYes.\n> And now?\nStill broken."
    yield Case(
        "answers between the quotes",
        reply(inline),
        "appended",
        has=("> Did you try?", "Yes.", "Still broken."),
    )
    signed = f"{answer}\n\n-- \nJane Doe\nCustomer Ltd.\n+49 1234"
    yield _appended("signature behind two dashes", reply(signed), answer)
    polite = f"{answer}\n\nBest regards,\nJane"
    yield _appended("a closing is no signature", reply(polite), polite)
    listing = "Three things:\n- one\n- two\n- three\nThanks,\nand one more thing."
    yield _appended("a list with dashes stays whole", reply(listing), listing)
    story = "Yesterday Bob wrote:\nthis is what the log says\nand then it broke."
    yield _appended("a story about writing stays whole", reply(story), story)
    log = "The log says:\nFrom: cache\nwarning\nwhat now?"
    yield _appended("one line that looks like a header", reply(log), log)
    yield _appended("only a quote", reply(_QUOTE), _QUOTE.strip())
    yield _appended("thanks", reply("Thanks"), "Thanks")
    outlook_ios = f"{answer}\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n{'_' * 32}\n"
    block = "From: Acme <support@acme.example>\nSent: Monday\nTo: Jane\nSubject: Re: x\n\nplease"
    yield _appended("Outlook for iOS", reply(outlook_ios + block), answer)
    flowed = f"That works \nnow, thank you!\n\n{introduction}\n{_QUOTE}"
    raw = reply(flowed, kind="text/plain; format=flowed")
    yield _appended("format=flowed", raw, answer)
    iso = f"{answer}\n\n2026-03-02 11:00 GMT+01:00 Acme Support <support@acme.example>:\n{_QUOTE}"
    yield _appended("Gmail's introduction with an ISO date", reply(iso), answer)
    nested = f"{answer}\n\n{introduction}\n> On Sun, Jane <j@c.example> wrote:\n>> older"
    yield _appended("a quote inside the quote", reply(nested), answer)
    crlf = reply(f"{answer}\n\n{introduction}\n{_QUOTE}").replace(b"\n", b"\r\n")
    yield _appended("CRLF line ends", crlf, answer)


def _html_shapes() -> Iterator[Case]:
    answer = "That works now, thank you!"
    extra = (f"In-Reply-To: {SENT}",)

    def only(html: str) -> bytes:
        return reply(html, kind="text/html")

    web = (
        f'<div>{answer}</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">'
        "<b>From:</b> Acme<br><b>Sent:</b> Monday</div><div>please try again</div>"
    )
    yield _appended("Outlook for the web", only(web), answer, lacks=("please",))
    desktop = (
        f'<div class="WordSection1"><p class="MsoNormal">{answer}</p><div>'
        '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">'
        "<p><b>From:</b> Acme<br><b>Sent:</b> Monday<br><b>To:</b> Jane</p></div></div>"
        "<p>please try again</p></div>"
    )
    yield _appended("Outlook for Windows", only(desktop), answer, lacks=("please",))
    apple = (
        f"<html><body>{answer}<br><div><br><blockquote type='cite'><div>On 2 Mar 2026, at 11:00, "
        "Acme wrote:</div><div>please try again</div></blockquote></div></body></html>"
    )
    yield _appended("Apple Mail", only(apple), answer, lacks=("please",))
    thunderbird = (
        f"<body><p>{answer}</p><div class='moz-cite-prefix'>On 02.03.26 11:00, Acme wrote:<br>"
        "</div><blockquote type='cite' cite='mid:1'>please try again</blockquote></body>"
    )
    yield _appended("Thunderbird", only(thunderbird), answer, lacks=("please", "wrote"))
    yahoo = f"<div>{answer}</div><div id='ydp1' class='yahoo_quoted'>please try again</div>"
    yield _appended("Yahoo", only(yahoo), answer, lacks=("please",))
    proton = f"<div>{answer}</div><div class='protonmail_quote'>please try again</div>"
    yield _appended("Proton", only(proton), answer, lacks=("please",))
    signature = f"<div>{answer}</div><div class='gmail_signature'>Jane<br>Customer Ltd.</div>"
    yield _appended("Gmail's signature", only(signature), answer, lacks=("Ltd",))
    inline = (
        "<div>See below.</div><div class='gmail_quote'><blockquote>first?</blockquote>"
        "<div>Yes.</div><blockquote>second?</blockquote><div>No.</div></div>"
    )
    yield Case("Gmail with answers between", only(inline), "appended", has=("Yes.", "No."))
    whole = "<blockquote type='cite'>please try again</blockquote>"
    yield Case("HTML that only quotes", only(whole), "appended", has=("please try again",))
    script = f"<p onclick='x()'>{answer}</p><script>alert(1)</script><style>p{{}}</style>"
    yield _appended("scripts and handlers", only(script), answer, html=(f"<p>{answer}</p>",))
    link = "<a href='javascript:alert(1)'>a</a> <a href='https://ok.example'>b</a>"
    yield Case("a javascript link", only(link), "appended", html=("https://ok.example",))
    pixel = (
        "<p>Hi</p><img src='https://t.example/p.gif' width=1 height=1><img src='http://x/y.png'>"
    )
    yield Case(
        "remote images wait and tracking pixels go",
        only(pixel),
        "appended",
        html=('data-remote-src="http://x/y.png"',),
        lacks=("t.example",),
    )
    empty_text = multipart(
        text_part("\n"), html_part(f"<p>{answer}</p>"), kind="alternative", extra=extra
    )
    yield Case("empty text beside HTML", empty_text, "appended", text=answer)
    deep = "<div>" * 5000 + answer + "</div>" * 5000
    yield Case("five thousand nested elements", only(deep), "appended")
    table = "<table><tr><td>Order</td><td>42</td></tr></table>"
    yield Case("a table", only(table), "appended", has=("Order", "42"), html=("<table>",))
