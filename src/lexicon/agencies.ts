export const NEWS_AGENCIES: readonly string[] = ['AFP', 'Reuters', 'AP', 'dpa', 'TASS', 'ТАСС', 'РИА Новости']
export const PHOTO_AGENCIES: readonly string[] = ['Getty Images', 'Getty', 'EPA']
