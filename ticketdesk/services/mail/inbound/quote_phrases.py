# ruff: noqa: RUF001 - the letters of other alphabets are meant
"""How mail programs introduce what they quote, by language, as patterns over single lines.

Collected from what Gmail, Outlook, Apple Mail, Thunderbird and their mobile kin write. Every
pattern is tried on short lines only, so none can run away on hostile text.
"""

import re

# "On <date>, <name> wrote:" — the whole line, a wrapped one joined before.
_ATTRIBUTIONS = (
    r"On .{6,300}wrote\s*:",  # English
    r"Am .{6,300}schrieb.{0,200}:",  # German
    r".{6,300}schrieb am .{6,200}:",
    r"Le .{6,300}a écrit\s*:",  # French
    r"El .{6,300}escribi[óo]\s*:",  # Spanish
    r"Il .{6,300}ha scritto\s*:",  # Italian
    r"Op .{6,300}(schreef|heeft).{0,200}:",  # Dutch
    r"Em .{6,300}escreveu\s*:",  # Portuguese
    r"(W dniu|Dnia|śr|pon|wt|czw|pt|sob|niedz)\b.{4,300}"
    r"(napisał(\(a\)|a)?|pisze)\s*:?",  # Polish
    r"Den .{6,300}skrev.{0,200}:",  # Swedish, Danish, Norwegian
    r".{6,300}kirjoitti.{0,200}:",  # Finnish
    r".{6,300}(написал(\(а\)|а)?|пишет)\s*:",  # Russian
    r".{6,300}(пише|написав)\s*:",  # Ukrainian
    r"Dne .{4,300}napsal(\(a\)|a)?\s*:",  # Czech
    r".{6,300}tarihinde.{0,200}(yazdı|şunu yazdı)\s*:",  # Turkish
    r"\d{4}年\d{1,2}月\d{1,2}日.{0,200}([::\uff1a]|写道[::\uff1a])",  # Japanese, Chinese
    r".{0,200}于?\s*\d{4}年\d{1,2}月\d{1,2}日.{0,200}写道\s*[::\uff1a]",
    r"\d{4}년 ?\d{1,2}월 ?\d{1,2}일.{0,200}(작성|님이|쓴).{0,100}:",  # Korean
    r"\d{4}-\d{2}-\d{2} \d{1,2}:\d{2}.{0,200}<[^<>\s]+@[^<>\s]+>\s*:",  # Gmail, ISO dates
    r"\d{1,2}[./]\d{1,2}[./]\d{2,4},? .{0,200}<[^<>\s]+@[^<>\s]+>.{0,80}:",
)
ATTRIBUTION = re.compile(rf"^[\s>*]{{0,4}}({'|'.join(_ATTRIBUTIONS)})\s*$", re.IGNORECASE)

# "-----Original Message-----" and its translations; forwards are content and not listed.
SEPARATOR = re.compile(
    r"^\s*[-_=]{2,}\s*(original message|original appointment|ursprüngliche nachricht|"
    r"originalnachricht|message d'origine|message original|mensaje original|messaggio originale|"
    r"oorspronkelijk bericht|mensagem original|wiadomość oryginalna|oryginalna wiadomość|"
    r"ursprungligt meddelande|oprindelig meddelelse|opprinnelig melding|alkuperäinen viesti|"
    r"исходное сообщение|původní zpráva|özgün ileti|元のメッセージ|原始邮件|원본 메시지|"
    r"reply message|antwort)\s*[-_=]{2,}\s*$",
    re.IGNORECASE,
)
FORWARD = re.compile(
    r"^\s*([-_=]{2,}\s*)?(forwarded message|begin forwarded message|weitergeleitete nachricht|"
    r"anfang der weitergeleiteten (e-mail|nachricht)|message transféré|message réexpédié|"
    r"début du message (réexpédié|transféré)|mensaje reenviado|inicio del mensaje reenviado|"
    r"messaggio inoltrato|inizio messaggio inoltrato|doorgestuurd bericht|mensagem encaminhada|"
    r"wiadomość przekazana|vidarebefordrat meddelande|пересылаемое сообщение|"
    r"転送されたメッセージ|转发的邮件|전달된 메시지)\s*:?\s*([-_=]{2,})?\s*:?\s*$",
    re.IGNORECASE,
)
RULE = re.compile(r"^\s*_{20,}\s*$")

_FROM = r"From|Von|De|Da|Van|Från|Fra|Lähettäjä|Od|От|Від|Kimden|Gönderen|差出人|发件人|보낸 사람"
_SENT = (
    r"Sent|Date|Gesendet|Datum|Envoyé|Date|Enviado( el)?|Fecha|Inviato|Data|Verzonden|Skickat|"
    r"Sendt|Dato|Lähetetty|Päivämäärä|Wysłano|Odesláno|Дата|Отправлено|Надіслано|Tarih|Gönderildi|"
    r"送信日時|日付|发送时间|日期|보낸 날짜|날짜"
)
_TO = (
    r"To|An|À|A|Para|Aan|Till|Til|Vastaanottaja|Do|Komu|Кому|Kime|宛先|收件人|받는 사람|"
    r"Cc|Kopie|Copie|Kopia|Subject|Betreff|Objet|Asunto|Oggetto|Onderwerp|Assunto|Temat|Ämne|"
    r"Emne|Aihe|Тема|Předmět|Konu|件名|主题|제목"
)
_COLON = r"\*?\s?[:\uff1a]\*?\s"
HEADER_FROM = re.compile(rf"^[\s>*]{{0,4}}({_FROM}){_COLON}.{{1,300}}$", re.IGNORECASE)
HEADER_NEXT = re.compile(rf"^[\s>*]{{0,4}}({_SENT}|{_TO}){_COLON}.{{0,500}}$", re.IGNORECASE)

MOBILE = re.compile(
    r"^\s*((sent|get) (from|with|via) .{2,60}|get outlook for .{2,60}|sent by .{2,40} mail|"
    r"(von meinem|gesendet (von|mit)) .{2,60}|diese nachricht wurde von meinem .{2,60} gesendet\.?|"
    r"envoyé (de|depuis|à partir de) .{2,60}|télécharger outlook pour .{2,60}|"
    r"enviado desde .{2,60}|obtener outlook para .{2,60}|inviato da(l mio)? .{2,60}|"
    r"scarica outlook per .{2,60}|verzonden (vanaf|met|vanuit) .{2,60}|verstuurd vanaf .{2,60}|"
    r"enviado (do|a partir do|pelo) .{2,60}|wysłane z .{2,60}|skickat från .{2,60}|"
    r"sendt fra .{2,60}|lähetetty .{2,60}|отправлено (с|из) .{2,60}|odesláno z .{2,60}|"
    r"iphone'?umdan gönderildi|.{1,30}から送信|"
    r"发自我的.{1,30}|从我的.{1,20}发送|나의 .{1,30}에서 보냄)"
    r"(\s*<https?://\S+>)?\s*\.?\s*$",
    re.IGNORECASE,
)
