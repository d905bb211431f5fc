/* Which connections are open, and until when each must have come on. */
#ifndef NQ_SERVE_CONNECTIONS_H
#define NQ_SERVE_CONNECTIONS_H

struct nq_connection;
struct nq_connections;

/* NULL without memory. */
struct nq_connections *nq_connections_create(void);
void nq_connections_destroy(struct nq_connections *all);

/* Notes a connection on the socket `fd`; NULL without memory. */
struct nq_connection *nq_connection_open(struct nq_connections *all, int fd);

/* Forgets it, before its socket is closed.  Accepts NULL. */
void nq_connection_close(struct nq_connections *all, struct nq_connection *connection);

/* Gives it `seconds` from now; 0: as long as it takes.  Accepts NULL. */
void nq_connection_allow(struct nq_connections *all, struct nq_connection *connection,
                         unsigned seconds);

/* Shuts down the sockets whose time is over; returns how many. */
long nq_connections_cut(struct nq_connections *all);

#endif
