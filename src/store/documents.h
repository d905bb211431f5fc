/* Documents in the index: what the printings of one title have in common. */
#ifndef NQ_STORE_DOCUMENTS_H
#define NQ_STORE_DOCUMENTS_H

#include "base/arena.h"
#include "store/db.h"

/* A title as printed, and what makes it the same as others (text/title.h). */
struct nq_titled {
    struct nq_str key, title;
    bool draft; /* （草案） */
    bool cut;   /* 《关于推进行业高质量…》: the key is the beginning of one */
};

/* The document with that identity, made where there is none.  A final title takes the place of a
 * draft's and a whole one that of a cut one, else a longer one that of a shorter.  A cut one is the
 * only document that begins so, where there is one. */
enum nq_status nq_store_document(struct nq_db *db, const struct nq_titled *titled, int64_t *id,
                                 struct nq_error *err);

/* The title of a document in `arena`; absent where there is none. */
enum nq_status nq_store_document_title(struct nq_db *db, struct nq_arena *arena, int64_t id,
                                       struct nq_str *title, struct nq_error *err);

/* Forgets documents that no event is about. */
enum nq_status nq_store_documents_prune(struct nq_db *db, struct nq_error *err);

#endif
