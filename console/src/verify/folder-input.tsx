interface FolderInputProps {
  readonly label: string;
  readonly onChosen: (files: readonly File[]) => void;
}

export function FolderInput({ label, onChosen }: FolderInputProps) {
  return (
    <input
      type="file"
      multiple
      aria-label={label}
      data-testid="folder"
      ref={(input) => {
        input?.setAttribute('webkitdirectory', '');
      }}
      onChange={({ target }) => onChosen([...(target.files ?? [])])}
    />
  );
}
