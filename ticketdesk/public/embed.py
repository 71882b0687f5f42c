"""The form, its files and the loader: what browsers ask for before anything is sent."""

from starlette.routing import Route

from ticketdesk.public import embed_assets, embed_chat, embed_form, embed_logo, embed_post

routes = [
    Route(embed_form.PATH, embed_form.show, methods=["GET"]),
    Route(embed_form.PATH, embed_post.submit, methods=["POST"]),
    Route(embed_chat.PATH, embed_chat.show, methods=["GET"]),
    Route("/embed/logo/{logo_id}.png", embed_logo.show, methods=["GET"]),
    Route("/embed/static/{name}", embed_assets.static, methods=["GET"]),
    Route(f"/{embed_assets.LOADER}", embed_assets.loader, methods=["GET"]),
]
