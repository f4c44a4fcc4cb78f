/** Where and when a page is read: the ISP's day, its clock and its money. */
export type Place = { today: string; timeZone: string; currency: string }
