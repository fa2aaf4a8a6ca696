/** Words that outlets have in their names, all languages together; lower-case. A line with one of them that shares nothing with the story names the site. */
export const OUTLET_WORDS: ReadonlySet<string> = new Set(
  `news media group agency times post daily weekly herald gazette tribune journal press magazine digest chronicle observer courier bulletin mail express mirror telegraph
  sentinel ledger dispatch examiner monitor inquirer enquirer reporter newswire wire network broadcasting radio tv television channel online today newsroom blog review
  independent guardian echo argus advertiser register record standard globe star sun world24 news24
  zeitung nachrichten tageblatt anzeiger rundschau kurier allgemeine presse bote blatt magazin merkur tagblatt
  journal gazette presse quotidien hebdo infos actualités courrier dépêche dauphiné
  diario periódico noticias prensa gaceta heraldo correo semanario revista
  jornal diário notícias folha correio gazeta revista imprensa
  giornale gazzetta corriere notizie quotidiano settimanale
  krant dagblad nieuws courant nieuwsblad
  gazeta dziennik kurier wiadomości tygodnik przegląd
  газета новости вести известия вестник журнал портал агентство курьер правда комсомолка
  noviny zprávy deník týdeník
  εφημερίδα νέα ειδήσεις
  gazetesi haber haberler gazete
  صحيفة جريدة أخبار وكالة
  tidningen nyheter dagbladet avis avisen posten`.split(/\s+/),
)
