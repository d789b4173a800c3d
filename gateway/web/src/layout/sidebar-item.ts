// How each link of the sidebar looks.
export const sidebarItem = 'flex h-8 items-center gap-2.5 rounded-control px-2.5 text-muted-foreground hover:bg-accent hover:text-foreground max-md:h-10'
