/** The role the API works as. It owns nothing; row-level security holds for it. */
export const API_ROLE = 'pult_api';
