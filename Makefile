# The commands of the project; `make` alone lists them.
STAMP := .venv/.set-up

.PHONY: setup
setup: $(STAMP)  ## the virtual environment .venv with everything, `giaoban` in it

$(STAMP): requirements.lock pyproject.toml .ci/setup
	@sh .ci/setup
