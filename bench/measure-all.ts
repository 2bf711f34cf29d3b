export async function measureAll(_: object): Promise<void> {}
