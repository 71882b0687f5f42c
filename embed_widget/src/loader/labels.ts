/** The launcher's and the close button's words per language; all else is worded inside the form. */
const LABELS =
  "en,Help,Close;de,Hilfe,Schließen;fr,Aide,Fermer;es,Ayuda,Cerrar;pt,Ajuda,Fechar;it,Aiuto,Chiudi;nl,Hulp,Sluiten;ar,مساعدة,إغلاق"
    .split(";")
    .map((line) => line.split(",") as [language: string, launcher: string, close: string]);

/** The words for a language tag such as "de-AT"; English where we do not speak it. */
export const labels = (locale: string) => LABELS.find(([language]) => locale.slice(0, 2) == language) || LABELS[0]!;
