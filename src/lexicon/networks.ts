export const SOCIAL_NETWORKS: readonly string[] = ['facebook', 'twitter', 'whatsapp', 'telegram', 'linkedin']
